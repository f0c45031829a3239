package api

// Message is one message of a conversation. Times are milliseconds since 1970.
type Message struct {
	Key           string    `json:"key"`
	To            string    `json:"to"`
	ContactIDs    string    `json:"contactIds"`
	Text          string    `json:"message"`
	GroupID       Ident     `json:"groupId"`
	ClientGroupID Ident     `json:"clientGroupId"`
	ContentType   int64     `json:"contentType"`
	CreatedAtTime float64   `json:"createdAtTime"`
	Metadata      Values    `json:"metadata"`
	FileMeta      *FileMeta `json:"fileMeta"`
}

// FileMeta describes an attachment.
type FileMeta struct {
	BlobKey          string  `json:"blobKey,omitempty"`
	ThumbnailBlobKey string  `json:"thumbnailBlobKey,omitempty"`
	Name             string  `json:"name,omitempty"`
	URL              string  `json:"url,omitempty"`
	Size             int64   `json:"size,omitempty"`
	ContentType      string  `json:"contentType,omitempty"`
	ThumbnailURL     string  `json:"thumbnailUrl,omitempty"`
	Key              string  `json:"key,omitempty"`
	UserKey          string  `json:"userKey,omitempty"`
	CreatedAtTime    float64 `json:"createdAtTime,omitempty"`
}
