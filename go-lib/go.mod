module github.com/tombolo-dev/tombolo/go-lib

go 1.26.0

require (
	github.com/projectdiscovery/wappalyzergo v0.2.93
	golang.org/x/net v0.57.0
	golang.org/x/sys v0.49.0
	google.golang.org/protobuf v1.36.12
)

tool google.golang.org/protobuf/cmd/protoc-gen-go
