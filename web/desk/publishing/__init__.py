"""The content's way to patients: checks, approvals, publishing, releases and rolling back."""
