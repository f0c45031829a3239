# By the portal's slug, and the id or the slug.
terraform import chatlake_article.invoices help/9
terraform import chatlake_article.invoices help/slug:invoices
