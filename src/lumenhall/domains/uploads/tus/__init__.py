"""A tus 1.0.0 server that knows neither its address nor who may use it: see `server.Door`."""
