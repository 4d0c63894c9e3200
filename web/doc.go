// Package web holds the page of a gateway: a React and Perspective bundle built from this folder by npm, embedded here,
// and the handler that serves it.
//
// A request for "/" gets the page, templated with the title and the place of the API; "/assets/..." gets what the page
// loads, under names that carry a hash of the content and so may be kept for ever; everything else is a JSON 404, so the
// handler can stand behind all other routes. Without a built bundle "/" is a plain page that says how to build it.
//
// The page itself talks only to the API under /api/v1 (gw/channels, gw/status, gw/watch, gw/control): this package reads no
// gateway, opens nothing and keeps nothing but the compressed form of the assets, made on first use. docs/web.md tells
// what the page shows.
package web
