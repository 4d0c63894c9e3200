wrk.method = "POST"
wrk.body = '{"x":1,"y":"a"}'
wrk.headers["Content-Type"] = "application/json"
