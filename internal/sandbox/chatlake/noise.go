package chatlake

// makeNoise moves on what shows in volatile values between any two requests.
func (p *Platform) makeNoise() { p.noise++ }

// disturb changes what a contact shows without anybody's doing.
func (p *Platform) disturb(out *contactJSON) {
	seen := epoch(p.core.Now()) + int64(p.noise)
	out.LastActivityAt = &seen
	if p.noise%2 == 1 {
		out.AvailabilityStatus = "online"
	}
	out.AdditionalAttributes = cloneObject(out.AdditionalAttributes)
	out.AdditionalAttributes["last_avatar_sync_at"] = seen
	out.AdditionalAttributes["avatar_url_hash"] = digest(string(rune(p.noise)))
}
