package lab

import (
	"errors"
	"io"
	"net/http"
	"strings"
)

// maxRequest bounds the body of a request, in bytes.
const maxRequest = 256 << 10

// ews is the EWS application. A browser's GET is answered too, once it has
// signed in.
func (v *visit) ews() {
	if !v.signIn() || !v.readBody() {
		return
	}
	for _, answered := range v.world.after {
		if answered(v) {
			return
		}
	}
	switch v.Method {
	case http.MethodGet, http.MethodHead:
		v.send(http.StatusOK, "text/html; charset=UTF-8", servicePage)
	case http.MethodPost:
		v.post()
	default:
		v.set("Allow", "GET, HEAD, POST")
		v.send(http.StatusMethodNotAllowed, "text/html", methodPage)
	}
}

func (v *visit) post() {
	if kind, _, _ := strings.Cut(v.Header.Get("Content-Type"), ";"); !strings.EqualFold(strings.TrimSpace(kind), "text/xml") {
		v.end(http.StatusUnsupportedMediaType)
		return
	}
	v.sendSOAP(v.world.answer(v.account, v.body))
}

// readBody reads the request's body, or answers that it cannot. From then on the
// web server notices when the client goes away.
func (v *visit) readBody() bool {
	var err error
	v.body, err = io.ReadAll(http.MaxBytesReader(v.answer, v.Body, maxRequest))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		v.send(http.StatusRequestEntityTooLarge, "text/html", tooLargePage)
	} else if err != nil {
		v.fromHTTPSys(http.StatusBadRequest, "Bad Request", "HTTP Error 400. The request is badly formed.")
	}
	return err == nil
}

// call is one EWS request of a signed-in caller.
type call struct {
	*envelope
	world   *world
	caller  *account
	mailbox *mailbox // whose mailbox is meant when none is named; nil if the caller has none
}

// operations are those that the lab knows. Each returns its answer, or a fault.
var operations = map[string]func(*call) (*node, error){
	"ConvertId":                 convertID,
	"FindItem":                  findItem,
	"GetFolder":                 getFolder,
	"GetPasswordExpirationDate": getPasswordExpirationDate,
	"GetServerTimeZones":        getServerTimeZones,
	"ResolveNames":              resolveNames,
}

// answer is EWS itself: from a caller and a request to a status and an answer.
func (w *world) answer(caller *account, body []byte) (int, []byte) {
	if w.refuse != nil {
		return faultOf(w.refuse)
	}
	request, err := w.readEnvelope(body)
	if err != nil {
		return faultOf(err)
	}
	run, known := operations[request.operation.name.Local]
	if !known || request.operation.name.Space != messagesNS {
		return faultOf(&soapFault{code: "ErrorInvalidRequest", text: "The request is invalid."})
	}
	c := &call{envelope: request, world: w, caller: caller, mailbox: w.own(caller)}
	if request.as != nil {
		if c.mailbox, err = w.impersonate(caller, request.as); err != nil {
			return faultOf(err)
		}
	}
	answer, err := run(c)
	if err != nil {
		return faultOf(err)
	}
	return http.StatusOK, w.writeEnvelope(answer)
}

// responses wraps the messages of an operation.
func responses(operation string, messages ...*node) *node {
	return el("m:"+operation+"Response", el("m:ResponseMessages", messages...))
}

// success is one message that went well.
func success(operation string, content ...*node) *node {
	return el("m:"+operation+"ResponseMessage", txt("m:ResponseCode", "NoError")).
		with("ResponseClass", "Success").add(content...)
}

// failure is one message that went wrong.
func failure(operation string, p *problem, content ...*node) *node {
	return el("m:"+operation+"ResponseMessage",
		txt("m:MessageText", p.text), txt("m:ResponseCode", p.code), txt("m:DescriptiveLinkKey", "0"),
		values("m:MessageXml", p.values)).
		with("ResponseClass", "Error").add(content...)
}
