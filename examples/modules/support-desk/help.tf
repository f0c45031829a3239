# The help centre: a folder with a folder for each category, and in it a Markdown file for each article. The first line of
# an article is its title ("# Where are my invoices?"), the rest its text.

locals {
  files = var.help_center == null ? [] : tolist(fileset(var.help_center.folder, "*/*.md"))

  articles = { for path in local.files : trimsuffix(path, ".md") => {
    category = dirname(path)
    slug     = replace(trimsuffix(path, ".md"), "/", "-")
    title    = trimspace(trimprefix(split("\n", file("${var.help_center.folder}/${path}"))[0], "# "))
    content  = trimspace(join("\n", slice(split("\n", "${file("${var.help_center.folder}/${path}")}\n"), 1, length(split("\n", "${file("${var.help_center.folder}/${path}")}\n")))))
  } }

  categories = toset([for article in local.articles : article.category])
}

data "chatlake_profile" "author" {
  provider = chat
  count    = var.help_center == null ? 0 : 1
}

resource "chatlake_portal" "help" {
  provider = chat
  count    = var.help_center == null ? 0 : 1

  slug           = var.help_center.slug
  name           = var.help_center.name
  default_locale = var.help_center.locale
}

resource "chatlake_category" "this" {
  provider = chat
  for_each = local.categories

  portal_slug = chatlake_portal.help[0].slug
  locale      = var.help_center.locale
  slug        = each.key
  name        = title(replace(each.key, "-", " "))

  # A new portal under the old slug is empty: what was in it has to be made again.
  lifecycle {
    replace_triggered_by = [chatlake_portal.help[0].id]
  }
}

resource "chatlake_article" "this" {
  provider = chat
  for_each = local.articles

  portal_slug = chatlake_portal.help[0].slug
  category_id = chatlake_category.this[each.value.category].id
  author_id   = data.chatlake_profile.author[0].id
  slug        = "${var.help_center.slug}-${each.value.slug}" # Unique in the whole installation.
  title       = each.value.title
  content     = each.value.content
  status      = "published"

  lifecycle {
    replace_triggered_by = [chatlake_portal.help[0].id]
  }
}
