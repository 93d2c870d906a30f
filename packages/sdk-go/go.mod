module kvit.example/sdk-go

go 1.23
