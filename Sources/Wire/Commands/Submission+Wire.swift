#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Submission {
  /// The repeated fields, to be counted before anything is made of them.
  static let repeated: [RepeatedField] = [
    RepeatedField(field: 1, limit: WireLimits.submittedFiles, name: "files"),
    RepeatedField(field: 2, limit: WireLimits.submittedVariables, name: "environment variables"),
    RepeatedField(field: 3, limit: WireLimits.submittedOverrides, name: "overrides"),
  ]

  init(_ proto: ProtoSubmission, _ check: FieldCheck) throws(WireError) {
    guard !proto.files.isEmpty else { throw check.fail("the submission has no file") }
    self.init(
      files: try proto.files.map { file throws(WireError) in
        File(
          path: try check.text(file.path, "a file's path", required: true),
          content: [UInt8](file.content))
      },
      environment: try proto.environment.map { variable throws(WireError) in
        Variable(
          name: try check.text(variable.name, "a variable's name", required: true),
          value: variable.value)
      }, overrides: proto.overrides)
    guard Set(files.map(\.path)).count == files.count else {
      throw check.fail("the submission has a file twice")
    }
    guard Set(environment.map(\.name)).count == environment.count else {
      throw check.fail("the submission has an environment variable twice")
    }
  }
}

extension ProtoSubmission {
  init(_ value: Submission) {
    self.init()
    files = value.files.map { file in
      var proto = ProtoSubmission.File()
      proto.path = file.path
      proto.content = Data(file.content)
      return proto
    }
    environment = value.environment.map { variable in
      var proto = ProtoSubmission.Variable()
      proto.name = variable.name
      proto.value = variable.value
      return proto
    }
    overrides = value.overrides
  }
}
