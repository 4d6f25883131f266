"""清单与制度: 责任清单, 制度, 阵地, 渠道, 标准化建设, each item with its owner, rhythm and checks."""
