# Packs the paths of standard input with Perl's Archive::Tar.
use strict;
use warnings;
use Archive::Tar;

local $/ = "\0";
my @paths = map { chomp; $_ } <STDIN>;
my $archive = Archive::Tar->new;
$archive->add_files(grep { !-p && !-b && !-c } @paths);
binmode STDOUT;
$archive->write(\*STDOUT);
