package kommunicate

import (
	"maps"
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Texts that register/client answers in its field message, always with status 200; of the backend's pages and old server.
const (
	registered           = "REGISTERED.WITHOUTREGISTRATIONID"
	updated              = "UPDATED"
	invalidParameter     = "INVALID_PARAMETER"
	invalidApplicationID = "INVALID_APPLICATIONID"
	passwordInvalid      = "PASSWORD_INVALID"
	passwordRequired     = "PASSWORD_REQUIRED"
)

type registration struct {
	UserID                   string   `json:"userId"`
	ApplicationID            string   `json:"applicationId"`
	DeviceType               int      `json:"deviceType"`
	Email                    *string  `json:"email"`
	Password                 string   `json:"password"`
	DisplayName              *string  `json:"displayName"`
	ImageLink                *string  `json:"imageLink"`
	ContactNumber            *string  `json:"contactNumber"`
	UserTypeID               int      `json:"userTypeId"`
	AuthenticationTypeID     int      `json:"authenticationTypeId"`
	RoleName                 string   `json:"roleName"`
	RoleType                 int      `json:"roleType"`
	RegistrationID           string   `json:"registrationId"`
	PushNotificationFormat   int      `json:"pushNotificationFormat"`
	Timezone                 string   `json:"timezone"`
	AppVersionCode           int      `json:"appVersionCode"`
	Platform                 int      `json:"platform"`
	EnableEncryption         bool     `json:"enableEncryption"`
	ChatNotificationMailSent bool     `json:"chatNotificationMailSent"`
	State                    int      `json:"state"`
	Metadata                 metadata `json:"metadata"`
}

type registrationWire struct {
	Message          string            `json:"message"`
	UserKey          string            `json:"userKey,omitempty"`
	DeviceKey        string            `json:"deviceKey,omitempty"`
	UserID           string            `json:"userId,omitempty"`
	DisplayName      string            `json:"displayName,omitempty"`
	ImageLink        string            `json:"imageLink,omitempty"`
	ContactNumber    string            `json:"contactNumber,omitempty"`
	LastSyncTime     int64             `json:"lastSyncTime,omitempty"`
	CurrentTimeStamp int64             `json:"currentTimeStamp,omitempty"`
	BrokerURL        string            `json:"brokerUrl,omitempty"`
	RoleType         int               `json:"roleType,omitempty"`
	AuthToken        string            `json:"authToken,omitempty"`
	PricingPackage   int               `json:"pricingPackage,omitempty"`
	Metadata         map[string]string `json:"metadata,omitempty"`
	Deactivate       bool              `json:"deactivate"`
	StatusMessage    string            `json:"statusMessage,omitempty"`
	NewUser          bool              `json:"newUser"`
	TotalUnreadCount int               `json:"totalUnreadCount"`
}

// registrationFailure is a recorded failure of 2019: the flags are numbers there.
type registrationFailure struct {
	Message          string            `json:"message"`
	CurrentTimeStamp int64             `json:"currentTimeStamp"`
	Metadata         map[string]string `json:"metadata"`
	TotalUnreadCount int               `json:"totalUnreadCount"`
	Deactivate       int               `json:"deactivate"`
	NewUser          int               `json:"newUser"`
}

// registerClient answers POST {chat}/rest/ws/register/client, an upsert without an envelope: of the backend's pages and
// the SDKs. It opens a session.
func (p *Platform) registerClient(c *call) sandbox.Reply {
	asked, refused := decodeBody[registration](p, c.Request)
	if refused != nil {
		return *refused
	}

	asked.Metadata.check(c.Request)

	u, exists := p.findUser(asked.UserID)

	message := p.registrationError(asked, u)
	if message != "" {
		if message == invalidParameter {
			c.Complain("register/client: userId, deviceType or a metadata key is missing or not allowed")
		}

		return sandbox.JSON(http.StatusOK, registrationFailure{
			Message: message, CurrentTimeStamp: p.now(), Metadata: map[string]string{},
		})
	}

	message = updated

	if exists {
		p.reactivate(u)
	} else {
		message = registered

		u = p.addUser(asked.UserID, roleUser)
		if asked.RoleName == "BOT" || asked.RoleType == roleBot {
			u.role = roleBot
		}
	}

	if asked.Password != "" {
		u.password = asked.Password
	}

	sandbox.Assign(&u.email, asked.Email)
	sandbox.Assign(&u.displayName, asked.DisplayName)
	sandbox.Assign(&u.imageLink, asked.ImageLink)
	sandbox.Assign(&u.phone, asked.ContactNumber)
	u.typeID = asked.UserTypeID
	asked.Metadata.merge(u.metadata)
	u.loggedInAt = p.tick()

	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"

	token := "simulated." + p.core.Text(letters, 24) + "." + p.core.Text(letters, 16)
	p.tokens[token] = u.id

	return sandbox.JSON(http.StatusOK, registrationWire{
		Message: message, UserKey: u.key, DeviceKey: p.core.Text(letters, 20), UserID: u.id, DisplayName: u.displayName,
		ImageLink: u.imageLink, ContactNumber: u.phone, LastSyncTime: u.loggedInAt, CurrentTimeStamp: p.now(),
		BrokerURL: "tcp://localhost:1883", RoleType: u.role, AuthToken: token, PricingPackage: 101, Metadata: maps.Clone(u.metadata),
		Deactivate: u.deactivated, StatusMessage: u.statusMessage, NewUser: !exists, TotalUnreadCount: p.countUnread(u.id),
	})
}

// registrationError names the mistake in a registration; empty is none. u is the user that has the id, if any.
//
// Unverified: the answer to a metadata key over 30 characters, which a vendor's test says is rejected.
func (p *Platform) registrationError(asked registration, u *user) string {
	switch {
	case asked.ApplicationID != ApplicationID:
		return invalidApplicationID
	case !userIDForm.MatchString(asked.UserID), asked.DeviceType == 0:
		return invalidParameter
	case u != nil && u.password != "" && asked.Password == "":
		return passwordRequired
	case u != nil && u.password != "" && asked.Password != u.password:
		return passwordInvalid
	}

	for key := range asked.Metadata.values {
		if len(key) > 30 {
			return invalidParameter
		}
	}

	return ""
}
