// Packs the paths of standard input with Go's archive/tar; the argument is the name of a format.
package main

import (
	"archive/tar"
	"bufio"
	"io"
	"log"
	"os"
	"strings"
	"time"
)

func main() {
	format := map[string]tar.Format{"ustar": tar.FormatUSTAR, "pax": tar.FormatPAX, "gnu": tar.FormatGNU}[os.Args[1]]
	archive := tar.NewWriter(os.Stdout)
	for paths := bufio.NewReader(os.Stdin); ; {
		path, err := paths.ReadString(0)
		if err == io.EOF {
			break
		}
		add(archive, format, strings.TrimSuffix(path, "\x00"))
	}
	if err := archive.Close(); err != nil {
		log.Fatal(err)
	}
}

func add(archive *tar.Writer, format tar.Format, path string) {
	info, err := os.Lstat(path)
	if err != nil {
		log.Fatal(err)
	}
	target := ""
	if info.Mode()&os.ModeSymlink != 0 {
		if target, err = os.Readlink(path); err != nil {
			log.Fatal(err)
		}
	}
	header, err := tar.FileInfoHeader(info, target)
	if err != nil {
		return // a socket
	}
	header.Name = path
	header.Format = format
	if format == tar.FormatUSTAR {
		header.ModTime = header.ModTime.Truncate(time.Second)
		header.AccessTime, header.ChangeTime = time.Time{}, time.Time{}
	}
	if info.IsDir() {
		header.Name += "/"
	}
	if err := archive.WriteHeader(header); err != nil {
		return // the format cannot hold this entry
	}
	if info.Mode().IsRegular() {
		file, err := os.Open(path)
		if err != nil {
			log.Fatal(err)
		}
		defer file.Close()
		if _, err := io.Copy(archive, file); err != nil {
			log.Fatal(err)
		}
	}
}
