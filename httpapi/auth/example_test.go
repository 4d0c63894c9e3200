package auth_test

import (
	"fmt"
	"net/http/httptest"

	"gw/httpapi/auth"
)

// A gate with two keys: one that may do everything, and one that may only look.
func Example() {
	gate, err := auth.New(auth.Config{}, auth.Keys(
		auth.Key{Name: "desk", Value: "a-long-secret"},
		auth.Key{Name: "wall", Value: "another-secret", Scopes: []auth.Scope{auth.Read}},
	))
	if err != nil {
		fmt.Println(err)
		return
	}
	r := httptest.NewRequest("POST", "/api/v1/send/orders", nil)
	r.Header.Set("token", "another-secret")
	_, err = gate.Admit(r, auth.Send)
	fmt.Println("send:", err)
	grant, err := gate.Admit(r, auth.Read)
	fmt.Println("read:", grant.Identity.User, err)
	// Output:
	// send: forbidden
	// read: wall <nil>
}
