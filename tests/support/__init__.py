"""What tests stand on: real servers, a real browser, named people."""
