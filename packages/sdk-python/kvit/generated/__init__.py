# Written by tools/sdk out of what the server says of its API.
