// Package talk holds the objects of talking to customers: contacts, their sessions and notes, conversations and messages.
package talk

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Resources lists the resources of this area.
func Resources() []func() resource.Resource {
	return []func() resource.Resource{
		newContactResource,
		newContactInboxResource,
		newConversationResource,
		newMessageResource,
		newContactNoteResource,
		participation.Resource,
	}
}

// DataSources lists the data sources of this area.
func DataSources() []func() datasource.DataSource {
	return slices.Concat([]func() datasource.DataSource{
		newContactDataSource,
		newContactsDataSource,
		newContactInboxDataSource,
		newConversationDataSource,
		newConversationsDataSource,
		newMessageDataSource,
		newMessagesDataSource,
	}, contactNoteSources.DataSources(), participantSources.DataSources())
}
