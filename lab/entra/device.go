package entra

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// device is a sign-in from a device without a browser (RFC 8628).
type device struct {
	session
	code, userCode string
	expires        time.Time
	declined       bool
	used           bool
}

// How long a device code is good, and how often a client may ask.
const (
	deviceLife     = 15 * time.Minute
	deviceInterval = 5 * time.Second
)

// deviceCode is the device authorization endpoint.
func (v *visit) deviceCode() {
	v.form = v.r.PostForm
	if t, wrong := v.misplaced(); wrong {
		v.refuse(t)
		return
	}
	v.app = v.application(v.form.Get("client_id"))
	switch {
	case v.authority == "common" || v.authority == "consumers":
		v.refuse(v.trouble("9001023"))
		return
	case v.app == nil || v.app.single && v.tenant != nil && v.tenant.id != v.app.home:
		v.refuse(v.trouble("700016"))
		return
	case !v.app.public:
		v.refuse(v.trouble("7000218"))
		return
	}
	asked, known := v.scopes(v.form.Get("scope"))
	if !known || v.form.Get("scope") == "" {
		v.refuse(v.trouble("70011"))
		return
	}
	asked.needs = delegated(asked.needs) // a device code grants no application permissions
	d := &device{
		session: session{tenant: v.tenant, app: v.app, asked: asked, offline: asked.offline, issuedByHost: v.host},
		code:    encode([]byte(uuid.NewString() + uuid.NewString())), userCode: strings.ToUpper(strings.ReplaceAll(uuid.NewString(), "-", ""))[:9],
		expires: v.now().Add(deviceLife),
	}
	v.devices = append(v.devices, d)
	page := "https://" + v.host + "/common/oauth2/deviceauth"
	v.json(http.StatusOK, map[string]any{
		"device_code": d.code, "user_code": d.userCode, "verification_uri": page,
		"expires_in": int(deviceLife.Seconds()), "interval": int(deviceInterval.Seconds()),
		"message": "To sign in, use a web browser to open the page " + page + " and enter the code " + d.userCode + " to authenticate.",
	})
}

// devicePage is where the code is typed.
func (v *visit) devicePage() {
	typed := strings.ToUpper(strings.TrimSpace(v.r.PostForm.Get("user_code")))
	i := slices.IndexFunc(v.devices, func(d *device) bool { return d.userCode == typed && d.issuedByHost == v.host })
	switch {
	case typed == "":
		v.page(http.StatusOK, "device", nil)
		return
	case i < 0 || !v.now().Before(v.devices[i].expires):
		v.page(http.StatusOK, "device", map[string]any{"Wrong": "That code did not work. Check it and try again."})
		return
	}
	d := v.devices[i]
	v.app, v.tenant = d.app, d.tenant
	if v.r.PostForm.Get("account") == "" {
		v.page(http.StatusOK, "deviceaccounts", map[string]any{"Application": d.app, "Accounts": v.choice(), "Code": typed})
		return
	}
	if !v.signIn() {
		return
	}
	missing := v.missing(d.asked.needs, false)
	if slices.ContainsFunc(missing, func(n need) bool { return adminOnly(n) && !v.user.mayGrant(n) }) {
		v.stop(v.trouble("90094"))
		return
	}
	switch v.r.PostForm.Get("action") {
	case "accept":
		if err := v.grant(v.tenant, d.app, missing, v.user.id); err != nil {
			v.forgets(err)
			return
		}
		d.user, d.tenant = v.user, v.tenant
		v.page(http.StatusOK, "devicedone", map[string]any{"Title": "You have signed in to " + d.app.name})
	case "cancel":
		d.declined = true
		v.page(http.StatusOK, "devicedone", map[string]any{"Title": "You have declined"})
	default:
		v.page(http.StatusOK, "deviceconfirm", map[string]any{"Application": d.app, "Needs": listed(missing), "Code": typed})
	}
}

// poll answers a client that waits for its device code.
func (v *visit) poll() {
	if t, on := v.switched(atDevice); on {
		v.refuse(t)
		return
	}
	i := slices.IndexFunc(v.devices, func(d *device) bool { return d.code == v.form.Get("device_code") && d.app == v.app })
	if i < 0 {
		v.refuse(v.trouble("70018"))
		return
	}
	d := v.devices[i]
	switch {
	case d.used:
		v.refuse(v.trouble("54005"))
	case !v.now().Before(d.expires):
		v.refuse(v.trouble("70019"))
	case d.declined:
		v.refuse(v.trouble("70020"))
	case d.user == nil:
		v.refuse(v.trouble("70016"))
	default:
		d.used = true
		v.give(d.session)
	}
}
