"""A made-up consultancy on a throwaway store: `microblog serve --demo`."""
