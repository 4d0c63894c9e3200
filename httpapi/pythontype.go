package httpapi

import (
	"reflect"

	"gw/gateway"
	"gw/schema"
)

// PythonTyped is a value type that names the class which csp-gateway's client makes of its values when it is asked for
// structs: the dotted name of an importable Python class with the same members. The method is asked of a zero value.
type PythonTyped interface {
	PythonType() string
}

// controlsClass is the class of csp-gateway that gateway.Controls stands for.
const controlsClass = "csp_gateway.utils.web.controls.Controls"

// pythonType returns the "type_" of a type in openapi.json: the configured one, its own, or "".
func (h *Handler) pythonType(t *schema.Type) string {
	if name := h.cfg.TypeNames[t.Name]; name != "" {
		return name
	}
	if t.Go == reflect.TypeFor[gateway.Controls]() {
		return controlsClass
	}
	if typed, ok := reflect.New(t.Go).Interface().(PythonTyped); ok {
		return typed.PythonType()
	}
	return ""
}
