# By user id.
terraform import kommunicate_user.ana customer-7781
