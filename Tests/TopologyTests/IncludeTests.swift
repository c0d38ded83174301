import Testing
import Topology

@Suite struct IncludeTests {
  private func loadFile(_ path: String, overrides: [String] = []) throws -> Topology {
    try Topology.load(path: path, overrides: overrides, environment: [:], processorCount: 1)
  }

  private func errors(ofFile path: String, in folder: TemporaryFolder) -> [String] {
    do {
      _ = try Topology.load(path: path, environment: [:], processorCount: 1)
      return []
    } catch {
      return error.errors.map { $0.description.replacing(folder.path + "/", with: "") }
    }
  }

  private let head = "topology: t\nsource: { files: a.csv }\n"

  @Test func stagesOfUsedFilesComeFirst() throws {
    try withTemporaryFolder { folder in
      try folder.makeFolder("common")
      try folder.makeFolder("main")
      try folder.write("common/a.yaml", "use: b.yaml\nstages: [{ name: a, sql: A }]")
      try folder.write("common/b.yaml", "stages: [{ name: b, sql: B }]")
      try folder.write("common/c.yaml", "stages: [{ name: c, sql: C }]")
      let main = try folder.write(
        "main/t.yaml",
        head
          + "use: [../common/a.yaml]\nstages:\n- { name: s, sql: S }\n- use: ../common/c.yaml\n"
          + "- { name: z, sql: Z }")
      let topology = try loadFile(main, overrides: ["stages.b.sql=BB", "stages.3.sql=CC"])
      #expect(topology.stages.map(\.name) == ["b", "a", "s", "c", "z"])
      let queries = topology.stages.map { stage in
        if case .sql(let query) = stage.work { query.string } else { "" }
      }
      #expect(queries == ["BB", "A", "S", "CC", "Z"])
      #expect(topology.stages[1].position.file == "\(folder.path)/main/../common/a.yaml")
    }
  }

  @Test func usedFileAloneSuffices() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.yaml", "stages: [{ name: a, sql: A }]")
      try folder.write("b.yaml", "stages: [{ name: b, sql: B }]")
      let main = try folder.write("t.yaml", head + "use: a.yaml")
      #expect(try loadFile(main).stages.map(\.name) == ["a"])
      #expect(try loadFile(main, overrides: ["use=b.yaml"]).stages.map(\.name) == ["b"])
    }
  }

  @Test func errorsNameTheUsedFile() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.yaml", "sink: table\nstages:\n- { name: a, sq: A }")
      try folder.write("b.yaml", "stages: [")
      try folder.write("c.yaml", "{}")
      let main = try folder.write(
        "t.yaml", head + "use: [a.yaml, b.yaml, c.yaml, no.yaml]\nworkers: 0\n")
      #expect(
        errors(ofFile: main, in: folder) == [
          "t.yaml:3:31: error: cannot use 'no.yaml': there is no such file or directory: check the"
            + " path",
          "t.yaml:4:10: error: workers must be a whole number from 1 to 1024, not '0'",
          "a.yaml:1:1: error: unknown key 'sink' in a used file; known keys: stages, use",
          "a.yaml:3:3: error: stages.0 must have one of 'sql' and 'operator'",
          "a.yaml:3:14: error: unknown key 'sq' in stages.0; did you mean 'sql'?",
          "b.yaml:2:1: error: not valid YAML: did not find expected node content (while parsing a"
            + " flow node, which began at line 2)",
          "c.yaml:1:1: error: a used file must have 'stages'",
        ])
    }
  }

  @Test func circlesAreRefused() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.yaml", "use: ./b.yaml")
      try folder.write("b.yaml", "use: a.yaml")
      let main = try folder.write(
        "t.yaml", head + "use: [a.yaml, t.yaml]\nstages: [{ name: s, sql: S }]")
      #expect(
        errors(ofFile: main, in: folder)
          == [
            "t.yaml:3:15: error: files use each other in a circle: t.yaml → t.yaml",
            "./b.yaml:1:6: error: files use each other in a circle: a.yaml → ./b.yaml → ./a.yaml",
          ])
    }
  }

  @Test func depthIsLimited() throws {
    try withTemporaryFolder { folder in
      for depth in 0..<9 { try folder.write("\(depth).yaml", "use: \(depth + 1).yaml") }
      try folder.write("9.yaml", "stages: [{ name: s, sql: S }]")
      let deep = try folder.write("deep.yaml", head + "use: 1.yaml")
      #expect(
        errors(ofFile: deep, in: folder).first
          == "deep.yaml:3:6: error: stages is empty: add one")
      #expect(
        errors(ofFile: deep, in: folder).last
          == "8.yaml:1:6: error: files use each other more than 8 deep")
      let shallow = try folder.write("shallow.yaml", head + "use: 2.yaml")
      #expect(errors(ofFile: shallow, in: folder) == [])
    }
  }

  @Test func numberOfFilesIsLimited() throws {
    try withTemporaryFolder { folder in
      let many = (0..<101).map { _ in "a.yaml" }.joined(separator: ", ")
      try folder.write("a.yaml", "stages: [{ operator: noop }]")
      let main = try folder.write("t.yaml", head + "use: [\(many)]")
      #expect(
        errors(ofFile: main, in: folder).first
          == "t.yaml:3:807: error: more than 100 files are used")
    }
  }

  @Test func sameNameInTwoFilesIsRefused() throws {
    try withTemporaryFolder { folder in
      try folder.write("a.yaml", "stages: [{ name: s, sql: A }]")
      let main = try folder.write(
        "t.yaml", head + "use: a.yaml\nstages: [{ name: s, sql: S }]")
      #expect(
        errors(ofFile: main, in: folder) == [
          "t.yaml:4:10: error: two stages are called 's' (the first is at a.yaml:1:10): rename one"
        ])
    }
  }
}
