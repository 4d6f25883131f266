"""工作日与节假日: the published arrangement of holidays, and what this site says against it."""
