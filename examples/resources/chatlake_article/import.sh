terraform import chatlake_article.invoices help/9
