package web_test

import (
	"fmt"
	"net/http/httptest"

	"gw/web"
)

func Example() {
	page := web.Handler(web.Options{Title: "Trading desk"})

	answer := httptest.NewRecorder()
	page.ServeHTTP(answer, httptest.NewRequest("GET", "/", nil))
	fmt.Println(answer.Code, answer.Header().Get("Content-Type"), answer.Header().Get("Cache-Control"))

	answer = httptest.NewRecorder()
	page.ServeHTTP(answer, httptest.NewRequest("GET", "/somewhere", nil))
	fmt.Println(answer.Code, answer.Body)
	// Output:
	// 200 text/html; charset=utf-8 no-cache
	// 404 {"detail":"Not Found"}
}
