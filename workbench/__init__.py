"""What an editor wants to know while typing: findings, readability, likeness, meaning."""
