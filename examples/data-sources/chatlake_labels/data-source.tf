data "chatlake_labels" "all" {
  provider = chat
}

output "label_titles" {
  value = data.chatlake_labels.all.labels[*].title
}
