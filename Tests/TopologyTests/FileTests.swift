import Testing
import Topology

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct FileTests {
  /// The files of a topology in `folder`, without the folder; or its errors.
  private func files(_ patterns: String, in folder: TemporaryFolder) -> [String] {
    let text = topologyText(source: "files: \(patterns)\nformat: csv")
    do throws(TopologyErrors) {
      let topology = try Topology.load(
        bytes: Array(text.utf8), file: folder.path + "/t.yaml")
      return try topology.resolveFiles().map { $0.replacing(folder.path + "/", with: "") }
    } catch {
      return error.errors.map {
        "\($0.line):\($0.column): " + $0.message.replacing(folder.path + "/", with: "")
      }
    }
  }

  @Test func globsAreExpandedInOrder() throws {
    try withTemporaryFolder { folder in
      try folder.makeFolder("d")
      try folder.makeFolder("e")
      try folder.makeFolder("d/x.csv")
      for name in ["d/b.csv", "d/a.csv", "d/B.csv", "d/.h.csv", "d/a.txt", "e/a.csv", "d/ä.csv"] {
        try folder.write(name)
      }
      #expect(files("d/*.csv", in: folder) == ["d/B.csv", "d/a.csv", "d/b.csv", "d/ä.csv"])
      #expect(files("'*/a.csv'", in: folder) == ["d/a.csv", "e/a.csv"])
      #expect(files("'d/[ab].csv'", in: folder) == ["d/a.csv", "d/b.csv"])
      #expect(files("'./d//?.txt'", in: folder) == ["d/a.txt"])
      #expect(files("d/.*.csv", in: folder) == ["d/.h.csv"])
      #expect(
        files("[d/b.csv, d/*.csv, e/../d/a.txt]", in: folder) == [
          "d/b.csv", "d/B.csv", "d/a.csv", "d/ä.csv", "e/../d/a.txt",
        ])
      #expect(files("[d/a.csv, ./d/a.csv, 'd/a*.csv']", in: folder) == ["d/a.csv"])
      #expect(files(folder.path + "/e/*", in: folder) == ["e/a.csv"])
    }
  }

  @Test func nameWithWildcardIsItself() throws {
    try withTemporaryFolder { folder in
      try folder.write("a[1].csv")
      try folder.write("a1.csv")
      #expect(files("'a[1].csv'", in: folder) == ["a[1].csv"])
    }
  }

  @Test func topologyFolderIsNoPattern() throws {
    try withTemporaryFolder { folder in
      try folder.makeFolder("[x]")
      try folder.write("[x]/a.csv")
      let text = topologyText(source: "files: '*.csv'")
      let topology = try Topology.load(
        bytes: Array(text.utf8), file: folder.path + "/[x]/t.yaml")
      #expect(try topology.resolveFiles() == [folder.path + "/[x]/a.csv"])
    }
  }

  @Test func eachPatternAtFaultIsNamed() throws {
    try withTemporaryFolder { folder in
      try folder.makeFolder("d")
      try folder.makeFolder("d/sub")
      try folder.write("file")
      try folder.link("loop", to: "loop")
      try folder.makePipe("pipe")
      let patterns = """
        [no.csv,
        d/*.csv,
        'd/*',
        d,
        file/*.csv,
        loop/*.csv,
        nodir/*.csv,
        loop,
        pipe,
        file/x.csv]
        """
      #expect(
        files(patterns, in: folder) == [
          "4:11: cannot read 'no.csv': there is no such file or directory: check the path",
          "5:3: 'd/*.csv' matches nothing: check the path and the pattern",
          "6:3: 'd/*' matches only directories: check the path and the pattern",
          "7:3: 'd' is a directory: name the files in it, as in 'd/*.csv'",
          "8:3: cannot read directory 'file': a part of the path is not a directory: check the path",
          "9:3: cannot read directory 'loop': symbolic links lead in a circle: check the path",
          "10:3: cannot read directory 'nodir': there is no such file or directory: check the path",
          "11:3: cannot read 'loop': symbolic links lead in a circle: check the path",
          "12:3: 'pipe' is not a regular file: copy its data into one",
          "13:3: cannot read 'file/x.csv': a part of the path is not a directory: check the path",
        ])
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func whatMayNotBeReadIsNamed() throws {
    try withTemporaryFolder { folder in
      try folder.makeFolder("d")
      let file = try folder.write("secret.csv")
      chmod(file, 0)
      chmod(folder.path + "/d", 0)
      let reason = "permission denied: make it readable for this user"
      #expect(
        files("[secret.csv, d/*.csv]", in: folder) == [
          "4:11: cannot read 'secret.csv': \(reason)", "4:23: cannot read directory 'd': \(reason)",
        ])
    }
  }

  @Test func unreadableTopologyIsAnError() throws {
    try withTemporaryFolder { folder in
      try folder.makePipe("pipe")
      try folder.write("big", String(repeating: "# remark\n", count: 1 << 17))
      let cases = [
        ("no.yaml", "cannot read the topology: there is no such file or directory: check the path"),
        (".", "cannot read the topology: it is a directory: name the file within it"),
        ("pipe", "cannot read the topology: it is not a regular file"),
        ("big", "the file is larger than 1 MiB, which no topology is: is it the right file?"),
      ]
      for (name, message) in cases {
        let path = folder.path + "/" + name
        #expect(throws: TopologyErrors(message, at: TopologyPosition(file: path))) {
          try Topology.load(path: path, environment: [:], processorCount: 1)
        }
      }
    }
  }
}
