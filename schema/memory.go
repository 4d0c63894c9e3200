package schema

import (
	"reflect"
	"unsafe"
)

// loadInt reads the integer of the Go kind k at p.
func loadInt(p unsafe.Pointer, k reflect.Kind) int64 {
	switch k {
	case reflect.Int:
		return int64(*(*int)(p))
	case reflect.Int8:
		return int64(*(*int8)(p))
	case reflect.Int16:
		return int64(*(*int16)(p))
	case reflect.Int32:
		return int64(*(*int32)(p))
	case reflect.Uint8:
		return int64(*(*uint8)(p))
	case reflect.Uint16:
		return int64(*(*uint16)(p))
	case reflect.Uint32:
		return int64(*(*uint32)(p))
	}
	return *(*int64)(p)
}

// storeInt writes n as an integer of the Go kind k to p; n must fit.
func storeInt(p unsafe.Pointer, k reflect.Kind, n int64) {
	switch k {
	case reflect.Int:
		*(*int)(p) = int(n)
	case reflect.Int8:
		*(*int8)(p) = int8(n)
	case reflect.Int16:
		*(*int16)(p) = int16(n)
	case reflect.Int32:
		*(*int32)(p) = int32(n)
	case reflect.Uint8:
		*(*uint8)(p) = uint8(n)
	case reflect.Uint16:
		*(*uint16)(p) = uint16(n)
	case reflect.Uint32:
		*(*uint32)(p) = uint32(n)
	default:
		*(*int64)(p) = n
	}
}

// intRange returns the least and greatest value of the integer kind k.
func intRange(k reflect.Kind) (lo, hi int64) {
	switch k {
	case reflect.Int8:
		return -1 << 7, 1<<7 - 1
	case reflect.Int16:
		return -1 << 15, 1<<15 - 1
	case reflect.Int32:
		return -1 << 31, 1<<31 - 1
	case reflect.Uint8:
		return 0, 1<<8 - 1
	case reflect.Uint16:
		return 0, 1<<16 - 1
	case reflect.Uint32:
		return 0, 1<<32 - 1
	}
	return -1 << 63, 1<<63 - 1
}

func loadFloat(p unsafe.Pointer, k reflect.Kind) float64 {
	if k == reflect.Float32 {
		return float64(*(*float32)(p))
	}
	return *(*float64)(p)
}

func storeFloat(p unsafe.Pointer, k reflect.Kind, x float64) {
	if k == reflect.Float32 {
		*(*float32)(p) = float32(x)
		return
	}
	*(*float64)(p) = x
}

// sliceHeader is how any slice lies in memory.
type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

// viewString returns b as a string that shares its bytes: for a callee that keeps nothing.
func viewString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
