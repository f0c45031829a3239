resource "chatlake_saml_settings" "sso" {
  provider = chat

  sso_url       = "https://idp.example.com/sso"
  idp_entity_id = "https://idp.example.com/entity"

  certificate = <<-EOT
    -----BEGIN CERTIFICATE-----
    MIIBgjCCASmgAwIBAgIUcr88ZibpI1s86YO81WEthb9pYW0wCgYIKoZIzj0EAwIw
    FjEUMBIGA1UEAwwLaWRwLmV4YW1wbGUwIBcNMjYxMTI4MTc1NjI3WhgPMjEyNjEx
    MDQxNzU2MjdaMBYxFDASBgNVBAMMC2lkcC5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
    KoZIzj0DAQcDQgAEBGMv3XYWizbI6tGzpQ2avQ4FQ1rU0j1Gvahwcq79GNmIGAxh
    V+tibg8ZF+7i7XX2s/2OCEvyYZAR1emM8GahSKNTMFEwHQYDVR0OBBYEFGKCq0EO
    GfQUyohdnJdsSdwqw3INMB8GA1UdIwQYMBaAFGKCq0EOGfQUyohdnJdsSdwqw3IN
    MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgWppTW0tsWeReFt6m
    PI5HeLkLP+UqlZVNyCyZ8BnZ0v0CIBO7X2WlKRpFBnheEQtrVj8ZCESTsoyDqLoJ
    A//kGUum
    -----END CERTIFICATE-----
  EOT
}

data "chatlake_saml_settings" "sso" {
  provider = chat

  depends_on = [chatlake_saml_settings.sso]
}
