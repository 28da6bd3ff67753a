"""The doors: HTTP, pages, command line, login. The only room that translates problems for people."""
