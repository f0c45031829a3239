package api

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// list is a list as the server sends it. It takes no null, and no object without an id: read leniently, such an answer
// would say that everything is gone.
type list[V any] []V

// UnmarshalJSON reads a list of whole objects.
func (l *list[V]) UnmarshalJSON(raw []byte) error {
	var rows []*V
	if err := json.Unmarshal(raw, &rows); err != nil {
		return err
	}

	if rows == nil {
		return errors.New("it is null instead of a list")
	}

	whole := make(list[V], len(rows))
	for i, row := range rows {
		if row == nil {
			return errors.New("the list holds null")
		}

		if object, ok := any(*row).(identified); ok && object.identity() == 0 {
			return errors.New("an object of the list has no id")
		}

		whole[i] = *row
	}

	*l = whole

	return nil
}

// unusable is the error for an answer that is a success and not what the server promises.
func unusable(call transport.Call, problem string) *transport.Error {
	return &transport.Error{
		Platform: "Chatlake", Method: call.Method, Path: call.Path, Status: http.StatusOK, Reason: transport.Unusable,
		Message: problem, Lost: call.Kind == transport.KindCreate,
	}
}
