"""Registration of house numbers (门牌登记): 新编 变更 换发 补发 注销 证明, from application to paper."""
