"null ${null}"
