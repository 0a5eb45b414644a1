"""What all HTTP domains share: errors in the protocol's shape, security headers, the web client's pages."""
