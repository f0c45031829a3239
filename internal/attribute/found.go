package attribute

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	dschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Found returns a text that a data source returns.
func Found(description string) dschema.StringAttribute {
	return dschema.StringAttribute{MarkdownDescription: description, Computed: true}
}

// FoundFlag returns a boolean that a data source returns.
func FoundFlag(description string) dschema.BoolAttribute {
	return dschema.BoolAttribute{MarkdownDescription: description, Computed: true}
}

// Lookup returns one of the keys by which a data source finds its object. It returns the ones that are not configured. ""
// means the same as null.
func Lookup(description string, validators ...validator.String) dschema.StringAttribute {
	return dschema.StringAttribute{MarkdownDescription: description, Optional: true, Computed: true, Validators: OrEmpty(validators...)}
}

// FoundList returns the list of objects that a plural data source returns.
func FoundList(description string, attributes map[string]dschema.Attribute) dschema.ListNestedAttribute {
	return dschema.ListNestedAttribute{
		MarkdownDescription: description, Computed: true,
		NestedObject: dschema.NestedAttributeObject{Attributes: attributes},
	}
}

// FoundIDs returns a set of ids that a data source returns.
func FoundIDs(description string) dschema.SetAttribute {
	return dschema.SetAttribute{MarkdownDescription: description, ElementType: types.StringType, Computed: true}
}

// FoundSecret returns a sensitive text that a data source returns.
func FoundSecret(description string) dschema.StringAttribute {
	return dschema.StringAttribute{MarkdownDescription: description, Computed: true, Sensitive: true}
}

// FoundNumber returns a number that a data source returns.
func FoundNumber(description string) dschema.Int64Attribute {
	return dschema.Int64Attribute{MarkdownDescription: description, Computed: true}
}

// FoundTexts returns a list of texts that a data source returns.
func FoundTexts(description string) dschema.ListAttribute {
	return dschema.ListAttribute{MarkdownDescription: description, ElementType: types.StringType, Computed: true}
}

// RequiredLookup returns a key that a data source needs to find its object.
func RequiredLookup(description string, validators ...validator.String) dschema.StringAttribute {
	return dschema.StringAttribute{MarkdownDescription: description, Required: true, Validators: validators}
}

// FoundFloat returns a number that may have a fraction.
func FoundFloat(description string) dschema.Float64Attribute {
	return dschema.Float64Attribute{MarkdownDescription: description, Computed: true}
}

// MaxResults bounds a plural data source.
func MaxResults(objects string) dschema.Int64Attribute {
	return dschema.Int64Attribute{
		MarkdownDescription: "At most that many " + objects + ". Default: all.", Optional: true,
		Validators: []validator.Int64{int64validator.AtLeast(1)},
	}
}
