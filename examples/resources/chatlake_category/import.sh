terraform import chatlake_category.billing help/3
