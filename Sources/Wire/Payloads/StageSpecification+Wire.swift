#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import PipelineCore

extension StageSpecification {
  /// The Protocol Buffers bytes of `millrace.wire.v1.StageSpecification`: without run and stage,
  /// which the message's header has.
  package func encoded() -> [UInt8] {
    var proto = ProtoStageSpecification()
    proto.name = name
    proto.steps = steps.map { step in
      var proto = ProtoStageSpecification.Step()
      proto.operator = step.operator
      proto.configuration = Data(step.configuration)
      return proto
    }
    proto.files = files.map { file in
      var proto = ProtoStageSpecification.File()
      proto.path = file.path
      proto.size = UInt64(clamping: file.size)
      proto.modified = file.modified
      proto.inode = file.inode
      proto.device = file.device
      return proto
    }
    return Protobuf.encode(proto)
  }

  /// Reads the second frame of a stage message.
  package init(wire bytes: UnsafeRawBufferPointer, run: RunID, stage: UInt32) throws(WireError) {
    let check = FieldCheck(message: DataKind.stage.name)
    let proto: ProtoStageSpecification = try Protobuf.decode(
      bytes, limit: WireLimits.specification,
      repeated: [
        .init(field: 2, limit: WireLimits.steps, name: "steps"),
        .init(field: 3, limit: WireLimits.files, name: "files"),
      ], name: check.message)
    guard !proto.steps.isEmpty else {
      throw check.fail("0 steps; 1 to \(WireLimits.steps) are allowed")
    }
    self.init(
      run: run, stage: stage, name: try check.text(proto.name, "the stage's name"),
      steps: try proto.steps.map { step throws(WireError) in
        Step(
          operator: try check.text(step.operator, "an operator's name", required: true),
          configuration: [UInt8](step.configuration))
      },
      files: try proto.files.map { file throws(WireError) in
        guard let size = Int64(exactly: file.size) else {
          throw check.fail("a file's size is \(file.size), above 2^63 - 1")
        }
        return File(
          path: try check.text(file.path, "a file's path", required: true), size: size,
          modified: file.modified, inode: file.inode, device: file.device)
      })
  }
}
