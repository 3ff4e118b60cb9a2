// Package servers holds the connection test to web servers that others wrote:
// nginx, Apache and HAProxy, as they stand in front of many an Exchange. Its
// tests run them on loopback, so they run only when asked for: make servers
package servers
