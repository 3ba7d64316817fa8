"""What the servers for patients and for staff do alike over HTTP. It knows neither."""
