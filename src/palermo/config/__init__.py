"""Where the parts are put together: settings from the environment, addresses, the web server's door."""
