"""The tables that the gateway and the desk share, and the connection to them. It knows neither."""
