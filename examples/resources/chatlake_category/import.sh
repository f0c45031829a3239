# By the portal's slug, and the id or the slug.
terraform import chatlake_category.billing help/3
terraform import chatlake_category.billing help/slug:billing
