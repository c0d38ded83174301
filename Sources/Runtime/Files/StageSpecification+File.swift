package import Operators
package import PipelineCore

extension StageSpecification.File {
  /// A file of the source as workers are told of it.
  package init(_ file: SourceFile) {
    self.init(
      path: file.path, size: file.size, modified: file.modified, inode: file.inode,
      device: file.device)
  }
}
