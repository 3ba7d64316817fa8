"""The desk: the site for support staff and editors."""
