import Columnar
import Operators

extension ResultBuffer: ByteSink {}
