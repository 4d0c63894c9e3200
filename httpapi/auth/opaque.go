package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// asked returns whom the provider knows by an access token that says nothing by itself, nil for nobody.
func (o *OIDC) asked(ctx context.Context, token string) *Identity {
	return o.answers.ask(ctx, token, func(ctx context.Context) (*Identity, error) {
		if o.p.IntrospectionURL != "" {
			return o.introspect(ctx, token)
		}
		return o.userInfo(ctx, token)
	})
}

// introspect asks as RFC 7662 has it. A token that was made for somebody else is nobody's here.
func (o *OIDC) introspect(ctx context.Context, token string) (*Identity, error) {
	form := url.Values{"token": {token}}
	if o.p.ClientSecret == "" {
		form.Set("client_id", o.p.ClientID)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, o.p.IntrospectionURL, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if o.p.ClientSecret != "" {
		req.SetBasicAuth(url.QueryEscape(o.p.ClientID), url.QueryEscape(o.p.ClientSecret))
	}
	claims, err := o.claims(req)
	if err != nil {
		return nil, err
	}
	if active, _ := claims["active"].(bool); !active || !o.meant(claims) {
		return nil, ErrUnauthorized
	}
	return o.identity(claims)
}

// meant reports whether a token is for this gateway, as far as the provider says whom it is for.
func (o *OIDC) meant(claims map[string]any) bool {
	var whom []any
	for _, name := range []string{"aud", "client_id"} {
		switch v := claims[name].(type) {
		case string:
			whom = append(whom, v)
		case []any:
			whom = append(whom, v...)
		}
	}
	return len(whom) == 0 || slices.Contains(whom, any(o.p.ClientID)) || o.p.Audience != "" && slices.Contains(whom, any(o.p.Audience))
}

// userInfo asks whose an access token is.
func (o *OIDC) userInfo(ctx context.Context, token string) (*Identity, error) {
	if o.p.UserInfoURL == "" {
		return nil, ErrUnauthorized
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.p.UserInfoURL, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	claims, err := o.claims(req)
	if err != nil {
		return nil, err
	}
	return o.identity(claims)
}

// claims makes a request whose answer is an object.
func (o *OIDC) claims(req *http.Request) (map[string]any, error) {
	req.Header.Set("Accept", "application/json")
	res, err := o.p.Client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusOK:
	case http.StatusUnauthorized, http.StatusForbidden:
		return nil, ErrUnauthorized
	default:
		return nil, fmt.Errorf("auth: %s: got status %d", req.URL.Host, res.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	var claims map[string]any
	if json.Unmarshal(body, &claims) != nil {
		return nil, errors.New("auth: the provider's answer is no JSON object")
	}
	return claims, nil
}
