package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// The backend's role types.
const (
	RoleBot   = 1
	roleUser  = 3
	RoleAgent = 8
)

const (
	detailPath = "/rest/ws/user/v2/detail"
	filterPath = "/rest/ws/user/v3/filter"
	// maxUsers is how many ids the vendor's SDKs ask for at once. The platform publishes no limit.
	maxUsers = 60
	// userPageSize is how many users one page of the list has.
	userPageSize = 100
)

// User is an end user, an agent or a bot. Times are milliseconds since 1970, some of them with fractions.
type User struct {
	UserID             string         `json:"userId"`
	UserName           string         `json:"userName"`
	DisplayName        string         `json:"displayName"`
	Email              string         `json:"email"`
	PhoneNumber        string         `json:"phoneNumber"`
	ImageLink          string         `json:"imageLink"`
	Metadata           wirejson.Pairs `json:"metadata"`
	Connected          wirejson.Flag  `json:"connected"`
	Deactivated        wirejson.Flag  `json:"deactivated"`
	RoleType           int64          `json:"roleType"`
	UnreadCount        int64          `json:"unreadCount"`
	CreatedAtTime      float64        `json:"createdAtTime"`
	DeletedAtTime      float64        `json:"deletedAtTime"`
	LastSeenAtTime     float64        `json:"lastSeenAtTime"`
	LastLoggedInAtTime float64        `json:"lastLoggedInAtTime"`
	LastMessageAtTime  float64        `json:"lastMessageAtTime"`
}

// Name returns what people see. The vendor's page calls it userName, its SDKs displayName.
func (u User) Name() string {
	if u.DisplayName != "" {
		return u.DisplayName
	}

	return u.UserName
}

// Check reports why the answer cannot be used.
func (u User) Check() error {
	if u.UserID == "" {
		return errors.New("the answer holds a user without an id")
	}

	return nil
}

// userAnswer is what a request for many users says about one of them.
type userAnswer struct {
	user User
	err  error
}

// details reads users by id and returns those that exist:
// https://docs.kommunicate.io/docs/api-detail#get-user-detail
//
// Unverified: unknown ids are left out, or the answer is AL-U-01 or null when none of the ids exists.
func (c *Client) details(ctx context.Context, ids []string, lastMessage bool) (map[string]userAnswer, error) {
	call := transport.Read("POST", detailPath).WithJSON(userList{UserIDs: ids})
	if lastMessage {
		call = call.WithQuery(url.Values{"fetchLatestMessageTime": {"true"}})
	}

	found, outer, err := do[wirejson.Rows[userRow]](ctx, c, call)

	switch {
	case transport.IsNotFound(err):
		return map[string]userAnswer{}, nil
	case err != nil && string(outer.Response) == "null" && !slices.Contains(ids, c.ActingUserID):
		return c.detailsWithActor(ctx, ids, lastMessage)
	case err != nil:
		return nil, err
	}

	c.keyWorks.Store(true)

	return c.byUserID(found, ids), nil
}

type userList struct {
	UserIDs      []string `json:"userIdList,omitempty"`
	PhoneNumbers []string `json:"phoneNumberList,omitempty"`
}

// userRow is a user in a list. One that cannot be read keeps its id.
type userRow struct {
	User

	isOdd bool
}

// UnmarshalJSON reads a user.
func (r *userRow) UnmarshalJSON(raw []byte) error {
	*r = userRow{}
	if err := json.Unmarshal(raw, &r.User); err != nil {
		var key struct {
			UserID string `json:"userId"`
		}

		_ = json.Unmarshal(raw, &key)
		*r = userRow{User: User{UserID: key.UserID}, isOdd: true}
	}

	return nil
}

// byUserID returns the users under the ids that were asked for. A row that cannot be read spoils no other user's.
func (c *Client) byUserID(list wirejson.Rows[userRow], ids []string) map[string]userAnswer {
	answers := make(map[string]userAnswer, len(ids))

	for _, id := range ids {
		if len(list.Odd) > 0 {
			answers[id] = userAnswer{err: c.unreadable("POST", detailPath, "the platform's answer holds a user without an id")}
		}

		for _, row := range list.Good {
			// The platform may have lower-cased an agent's id. A user whom another id asked for is not meant.
			isMeant := row.UserID == id || strings.EqualFold(row.UserID, id) && !slices.Contains(ids, row.UserID)
			switch {
			case !isMeant || row.DeletedAtTime != 0:
			case row.isOdd:
				answers[id] = userAnswer{err: c.unreadable("POST", detailPath, "the platform's answer on this user cannot be read")}
			default:
				answers[id] = userAnswer{user: row.User}
			}
		}
	}

	return answers
}

// detailsWithActor asks again after null, together with a user who exists. Null may mean that none of the ids exists, or
// that something is wrong, and then it comes again.
func (c *Client) detailsWithActor(ctx context.Context, ids []string, lastMessage bool) (map[string]userAnswer, error) {
	found := make(map[string]userAnswer, len(ids))

	for some := range slices.Chunk(ids, maxUsers-1) {
		answers, err := c.details(ctx, append(slices.Clone(some), c.ActingUserID), lastMessage)
		if err != nil {
			return nil, err
		}

		delete(answers, c.ActingUserID)
		maps.Copy(found, answers)
	}

	return found, nil
}

func (c *Client) userBatch(lastMessage bool) *reads.Batch[string, userAnswer] {
	return &reads.Batch[string, userAnswer]{
		Max: maxUsers,
		Read: func(ctx context.Context, ids []string) (map[string]userAnswer, error) {
			return c.details(ctx, ids, lastMessage)
		},
		Missing: func(string) error { return c.notFound(codeUserNotFound, "user not found", "POST", detailPath) },
	}
}

// User reads one user; concurrent reads share requests: https://docs.kommunicate.io/docs/api-detail#get-user-detail
func (c *Client) User(ctx context.Context, id string) (User, error) {
	return getUser(ctx, c.users, id)
}

// UserAfterWrite is User directly after a write, which may take a moment to show:
// https://docs.kommunicate.io/docs/api-detail#get-user-detail
func (c *Client) UserAfterWrite(ctx context.Context, id string) (User, error) {
	return readBack(ctx, func(ctx context.Context) (User, error) { return c.User(ctx, id) })
}

// UserWithLastMessage is User with the time of the last message: https://docs.kommunicate.io/docs/api-detail#get-user-detail
func (c *Client) UserWithLastMessage(ctx context.Context, id string) (User, error) {
	return getUser(ctx, c.lastMessages, id)
}

func getUser(ctx context.Context, batch *reads.Batch[string, userAnswer], id string) (User, error) {
	answer, err := batch.Get(ctx, id)
	if err != nil {
		return User{}, err
	}

	return answer.user, answer.err
}

// Users reads those of the users that exist: https://docs.kommunicate.io/docs/api-detail#get-user-detail
func (c *Client) Users(ctx context.Context, ids []string) (map[string]User, error) {
	found := map[string]User{}

	for some := range slices.Chunk(ids, maxUsers) {
		answers, err := c.details(ctx, some, true)
		if err != nil {
			return nil, err
		}

		for id, answer := range answers {
			if answer.err != nil {
				return nil, answer.err
			}

			found[id] = answer.user
		}
	}

	return found, nil
}

// UsersByPhoneNumber reads the users who have the phone number, however it is written:
// https://docs.kommunicate.io/docs/api-detail#get-user-detail
//
// Unverified: phoneNumberList, which the backend's page has and the Platform API's has not. An answer with other users is as
// good as none, and so are AL-U-01 and null.
func (c *Client) UsersByPhoneNumber(ctx context.Context, number string) ([]User, error) {
	call := transport.Read("POST", detailPath).WithJSON(userList{PhoneNumbers: []string{number}}).
		WithQuery(url.Values{"fetchLatestMessageTime": {"true"}})

	list, outer, err := do[wirejson.Rows[userRow]](ctx, c, call)

	switch {
	case transport.IsNotFound(err), err != nil && string(outer.Response) == "null":
		return nil, nil
	case err != nil:
		return nil, err
	}

	var found []User

	for _, row := range list.Good {
		if row.isOdd {
			return nil, c.unreadable("POST", detailPath, "the platform's answer on a user with this phone number cannot be read")
		}

		if row.DeletedAtTime == 0 && digitsOf(row.PhoneNumber) == digitsOf(number) {
			found = append(found, row.User)
		}
	}

	if len(list.Odd) > 0 {
		return nil, c.unreadable("POST", detailPath, "the platform's answer holds a user without an id")
	}

	return found, nil
}

// digitsOf returns what tells two phone numbers apart: some are stored without the plus sign, or with spaces.
func digitsOf(number string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}

		return r
	}, number)
}

// userPage is a page of the list of users.
type userPage struct {
	Users *wirejson.Rows[userRow] `json:"users"`
}

// Check reports why the answer cannot be used.
func (p userPage) Check() error {
	if p.Users == nil {
		return errors.New("the answer holds no list")
	}

	return nil
}

// UserFilter chooses users. Empty fields choose any.
type UserFilter struct {
	// Role is USER, BOT or APPLICATION_WEB_ADMIN.
	Role string
	// Inactive chooses those who are deactivated, instead of the others.
	Inactive bool
}

// roleTypes are the role types that the roles of a filter stand for.
var roleTypes = map[string]int64{"USER": roleUser, "BOT": RoleBot, "APPLICATION_WEB_ADMIN": RoleAgent}

// has reports whether the filter chooses the user. A deleted one is never chosen, and one without a role type has any role.
func (f UserFilter) has(u User) bool {
	isOfRole := f.Role == "" || u.RoleType == 0 || u.RoleType == roleTypes[f.Role]
	return isOfRole && u.DeletedAtTime == 0 && bool(u.Deactivated) == f.Inactive
}

// ListUsers yields users page by page. The endpoint is of the vendor's SDKs: https://docs.kommunicate.io/docs/api-detail
//
// Unverified: that an Api-Key may list users, that the platform applies the filter, and that a row tells as much as
// user/v2/detail.
func (c *Client) ListUsers(ctx context.Context, filter UserFilter) iter.Seq2[User, error] {
	return func(yield func(User, error) bool) {
		seen := map[string]bool{}

		for start := 0; ; start += userPageSize {
			page, err := c.userPage(ctx, filter, start)
			if err != nil {
				yield(User{}, c.explainRefusal(ctx, err))
				return
			}

			fresh := 0

			for i, row := range good(ctx, fmt.Sprintf("%s from %d", filterPath, start), page.Users) {
				if row.isOdd {
					problem := c.unreadable("GET", filterPath, "the platform's answer on this user cannot be read")
					transport.LeaveOut(ctx, fmt.Sprintf("%s, row %d", filterPath, start+i+1), problem)

					continue
				}

				if seen[row.UserID] {
					continue
				}

				seen[row.UserID], fresh = true, fresh+1
				if filter.has(row.User) && !yield(row.User, nil) {
					return
				}
			}

			// A platform that does not count from startIndex would repeat a page, so one without anything new is the last.
			if fresh == 0 {
				return
			}
		}
	}
}

func (c *Client) userPage(ctx context.Context, filter UserFilter, start int) (userPage, error) {
	query := url.Values{"startIndex": {strconv.Itoa(start)}, "pageSize": {strconv.Itoa(userPageSize)}, "orderBy": {"1"}}
	if filter.Role != "" {
		query.Set("roleNameList", filter.Role)
	}

	if filter.Inactive {
		query.Set("inactiveUser", "true")
	}

	page, _, err := do[userPage](ctx, c, transport.Read("GET", filterPath).WithQuery(query).WithHeader(ofUser, c.ActingUserID))

	return page, err
}
