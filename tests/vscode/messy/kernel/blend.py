import pandas as pd

a = pd.read_csv('/home/lena/avito/subs/lgb_v2_final.csv')
b = pd.read_csv('/home/lena/avito/subs/ridge.csv')
# c = pd.read_csv('/home/lena/avito/subs/nn.csv')
# a['deal_probability'] = (a['deal_probability'] + b['deal_probability'] + c['deal_probability']) / 3
a['deal_probability'] = 0.7 * a['deal_probability'] + 0.3 * b['deal_probability']
a.to_csv('blend.csv', index=False)
